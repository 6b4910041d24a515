-- What was in service, at what size, from which confirmed day to which (art. 40). The key is the order of the bills, so
-- that a month is closed in one pass over the table; sizes are columns, so that a pass parses nothing.
create table service_interval (
    tenant text not null, provider text not null, resource bigint not null, ordinal integer not null,
    system text not null, region text not null, pool text not null, item text not null,
    vcpus integer, memory_gib integer, size_gib integer, bandwidth_mbps integer,
    from_day date not null, until_day date, started_by bigint not null, ended_by bigint, changed_at bigint not null,
    primary key (tenant, provider, resource, ordinal)) without rowid;
insert into service_interval
select tenant, provider, id, 1, system, region, pool, item, json_extract(spec, '$.vcpus'), json_extract(spec, '$.memoryGiB'), json_extract(spec, '$.sizeGiB'),
    json_extract(spec, '$.bandwidthMbps'), service_start, service_end, request, null, created_at
from resource where service_start is not null;
-- Resources whose service was changed in a month already closed: the next close settles and forgets them.
create table late_service (
    tenant text not null, provider text not null, resource bigint not null, from_day date not null,
    primary key (tenant, provider, resource)) without rowid;

-- Closed bills. A bill's use is one row per resource, its lines as [rate, quantity, first day of the month, day after
-- the last, fen, started by, ended by or 0]; what they share stands in bill_rate. Prices are 1/10000 yuan.
create table bill (
    id bigint primary key, month text not null, tenant text not null, provider text not null, region text not null,
    closed_at bigint not null, total_fen bigint not null, line_count integer not null,
    unique (month, tenant, provider));
create table bill_rate (
    month text not null, number integer not null, item text not null, edition text not null, contract text not null,
    component text not null, unit text not null, unit_price bigint not null, divisor integer not null,
    primary key (month, number));
create table bill_usage (
    bill bigint not null, resource bigint not null, first_no integer not null, system text not null,
    lines text not null, primary key (bill, resource)) without rowid;
create table bill_adjustment (
    bill bigint not null, no integer not null, resource bigint not null, system text not null, item text not null,
    edition text not null, contract text not null, component text not null, unit text not null,
    quantity bigint not null, unit_price bigint not null, from_day date not null, until_day date not null,
    days integer not null, divisor integer not null, fen bigint not null, started_by bigint not null, ended_by bigint,
    corrects text, zh text not null, en text not null, primary key (bill, no)) without rowid;
create index bill_adjustment_resource on bill_adjustment (resource, from_day);
-- Which blocked closes the technical department was told of: once per month and set of resources.
create table bill_block (month text not null, resources text not null, primary key (month, resources));
