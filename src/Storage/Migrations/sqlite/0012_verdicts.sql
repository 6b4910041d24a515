-- Monitoring policies: every version stays; of a region's approved ones no two begin on one day.
create table monitoring_policy (
    region text not null references region (code), version integer not null, state text not null,
    effective_from date, document_number text, document_title text, numbers text not null, revision integer not null,
    primary key (region, version));
create unique index monitoring_policy_day on monitoring_policy (region, effective_from) where state = 'Approved';

-- What a judgement of use adds to a finding. A system's finding is in no pool and of no provider: both are ''.
alter table finding add column system text;
alter table finding add column policy text;
alter table finding add column window_from date;
alter table finding add column window_until date;
alter table finding add column last_held_on date;
alter table finding add column recommendation text;
alter table finding add column declaration text;
alter table finding add column closing text;
create index finding_region on finding (region, id);
create index finding_subject on finding (pool, subject);
update finding set system = (
    select r.system from resource r where r.id = cast(substr(finding.subject, 5) as bigint) and r.tenant = finding.tenant)
where finding.tenant is not null and subject glob 'res-[0-9]*' and substr(subject, 5) not glob '*[^0-9]*';

-- How far each week's judging has come in each pool, and what it said of each server until the week's systems are judged.
create table judging (
    judged_on date not null, pool text not null, phase text not null, after text not null, opened integer not null,
    closed integer not null, primary key (judged_on, pool));
create table judged_server (
    judged_on date not null, resource bigint not null references resource (id), pool text not null,
    system text not null, body text not null, primary key (judged_on, resource)) without rowid;
create index judged_server_system on judged_server (judged_on, system);

-- Trials of policies: what is looked at often stands in columns; what came out is kept apart, one row a subject and kind.
create table trial (
    id bigint primary key, region text not null, version integer not null, months integer not null, state text not null,
    from_day date not null, until_day date not null, done integer not null, total integer not null, owner text not null,
    seen_at bigint not null, started_by text not null, started_at bigint not null, ended_at bigint, outcome text);
create index trial_policy on trial (region, version, id);
create table trial_item (
    trial bigint not null references trial (id), no integer not null, outcome text not null, kind text not null,
    subject_kind text not null, subject text not null, system text not null, body text not null,
    primary key (trial, no)) without rowid;
