-- What a system is for: only test and development systems are offered hours to be switched off.
alter table information_system add column environment text not null default 'Production';

-- Circulars as they were frozen: the body is never updated; only the authority's issue is added to it, once.
create table circular (
    id text primary key, month text not null, tenant text not null references organisation (code), region text not null,
    created_at bigint not null, body text not null, issued_at bigint, issued_by text, opinion text);
create index circular_tenant on circular (tenant, id);

-- What each system could save, as it was computed with the last month's circulars: the list is read by saving.
create table system_saving (
    system text primary key, tenant text not null, region text not null, until_day date not null,
    saving_fen bigint not null, enough integer not null, changes integer not null, left_out integer not null);
create index system_saving_order on system_saving (saving_fen, system);
