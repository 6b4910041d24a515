-- What the pools' listings showed last: one row per thing, marked by the last run that saw it, so that a full run proves
-- what is gone by one look at the marks and holds nothing of the pool in memory.
create table inventory (
    pool text collate "C" not null, kind text collate "C" not null, native_id text collate "C" not null, name text not null, state text not null,
    vcpus integer, memory_gib integer, size_gib integer, bandwidth_mbps integer, type text, addresses text not null,
    attached_to text, operation_key text, fault text, first_run bigint not null, run bigint not null,
    first_seen bigint not null, last_seen bigint not null, primary key (pool, kind, native_id));
create index inventory_attached on inventory (pool, attached_to) where attached_to is not null;
create table inventory_run (
    id bigint primary key, pool text not null, mode text not null, outcome text not null, started_at bigint not null,
    ended_at bigint, servers integer not null, volumes integer not null, networks integer not null,
    addresses integer not null, missing integer not null, opened integer not null, closed integer not null,
    zh text, en text, accepted_by text, accepted_at bigint, opinion text);
create index inventory_run_pool on inventory_run (pool, id);
create index resource_native on resource (pool, native_id) where native_id is not null;

-- Findings of every kind. Of a kind, detail and subject at most one is open; a detail that says nothing is ''.
create table finding (
    id bigint primary key, kind text not null, detail text not null, pool text not null, subject_kind text not null,
    subject text not null, name text not null, tenant text, provider text not null, region text not null,
    evidence text not null, state text not null, opened_at bigint not null, closed_at bigint,
    last_seen_at bigint not null);
create unique index finding_open on finding (pool, subject, kind, detail, subject_kind) where state = 'Open';
create index finding_provider on finding (provider, id);
create index finding_tenant on finding (tenant, id);

-- What was taken over under which paper, and by which name the cloud knew it then.
create table takeover (
    resource bigint primary key references resource (id), request bigint not null references request (id),
    native_id text not null, name text not null, paper text not null);
