-- Conformance runs: what is looked at often stands in columns, the report apart from them as the JSON it was given as.
create table conformance (
    id bigint primary key, pool text not null, state text not null, adapter text not null, settings text not null,
    cloud_version text not null, prefix text not null, started_by text not null, started_at bigint not null,
    ended_at bigint, done integer not null, total integer not null, running text, failed integer not null,
    may_have_left boolean not null, owner text not null, seen_at bigint not null);
create index conformance_pool on conformance (pool, id);
create table conformance_report (conformance bigint primary key references conformance (id), body text not null);
-- On what a pool was activated: the number of a run, or that a demonstration was born with it.
alter table pool_status add column evidence text;
