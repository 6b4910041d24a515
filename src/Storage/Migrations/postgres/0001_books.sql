-- The books, one table per thing, prefixed by its station's word. Instants are Unix milliseconds, days are dates,
-- what is only ever read whole (lines, specs, editions) is JSON text. What lists sort by is collated "C", so that they
-- come in one order whatever the database's locale, and in the order in which SQLite has them.
create table meta (name text collate "C" primary key, value text not null);
create table counter (name text collate "C" primary key, value bigint not null);

create table region (code text collate "C" primary key, name text not null, parent text references region (code));
create table organisation (
    code text collate "C" primary key, name text not null, kind text not null, region text not null references region (code));
create table account (
    name text collate "C" primary key, organisation text references organisation (code), roles text not null,
    password_hash text not null, failures integer not null, locked_until bigint, must_change_password boolean not null);
create table session (
    token_hash text primary key, account text not null references account (name), expires_at bigint not null);
create index session_account on session (account);
create table information_system (
    code text collate "C" primary key, name text not null, tenant text not null references organisation (code),
    protection_level integer not null, hosting text not null, plan text);
create index information_system_tenant on information_system (tenant, code);

create table catalogue_edition (code text collate "C" primary key, effective_from date not null unique, body text not null);
create table contract (
    number text collate "C" primary key, provider text not null references organisation (code),
    from_day date not null, until_day date not null, body text not null);
create table pool_status (pool text collate "C" primary key, status text not null);

create table request (
    id bigint primary key, type text not null, state text not null, tenant text not null, region text not null,
    system text not null, reason text not null, lines text not null, order_standing text not null,
    disputed boolean not null, test_summary text, completed_on date, proposed_completion date,
    created_at bigint not null, version integer not null);
create index request_tenant on request (tenant, id);
create index request_region on request (region, id);
create table request_deadline (
    request bigint not null references request (id), ordinal integer not null, step text not null,
    started_at bigint not null, due_at bigint not null, closed_at bigint, primary key (request, ordinal));
create index request_deadline_due on request_deadline (step, due_at) where closed_at is null;
create table request_history (
    request bigint not null references request (id), ordinal integer not null, at bigint not null,
    account text not null, organisation text, action text not null, opinion text, primary key (request, ordinal));

create table work_order (
    id bigint primary key, kind text not null, state text not null, request bigint not null references request (id),
    tenant text not null, system text not null, region text not null, pool text not null, provider text not null,
    lines text not null, issued_at bigint not null, issued_by text not null, ended_at bigint,
    completed_lines text not null, reason text, evidence text, is_open boolean not null);
create index work_order_request on work_order (request, id);
create index work_order_provider on work_order (provider, id);

create table resource (
    id bigint primary key, kind text not null, tenant text not null, system text not null, region text not null,
    pool text not null, provider text not null, item text not null, spec text not null, state text not null,
    request bigint not null references request (id), line integer not null,
    work_order bigint not null references work_order (id), part_of bigint references resource (id), native_id text,
    addresses text not null, created_at bigint not null, service_start date, service_end date);
create index resource_request on resource (request, id);
create index resource_tenant on resource (tenant, id);
create index resource_provider on resource (provider, id);

-- Tasks run on machine time. A lease says who works on a task; "fresh" that the lease put a new call on record.
create table provisioning_task (
    id bigint primary key, work_order bigint not null references work_order (id), pool text not null,
    kind text not null, resource bigint references resource (id), state text not null, blockers integer not null,
    operation_key text not null unique, wanted text, cleans_up boolean not null, attempts integer not null,
    called_at bigint, next_at bigint not null, last_error text, fresh boolean not null,
    lease_owner text, lease_until bigint);
create index provisioning_task_due on provisioning_task (pool, next_at)
    where state in ('Ready', 'Calling', 'Settling');
create index provisioning_task_order on provisioning_task (work_order, id);
create table provisioning_after (
    task bigint not null references provisioning_task (id), after bigint not null references provisioning_task (id),
    primary key (after, task));

create table notification (
    id bigint primary key, organisation text not null, code text not null, subject_kind text not null,
    subject_id text not null, zh text not null, en text not null, at bigint not null);
create index notification_organisation on notification (organisation, id);

create table once_key (
    account text not null, key text not null, fingerprint text not null, subject_id text not null,
    at bigint not null, primary key (account, key));

-- Append only: whoever changes or removes an entry must first break these triggers, and then the chain shows it.
create table audit_entry (
    sequence bigint primary key, at bigint not null, account text, organisation text, address text, correlation text,
    action text not null, subject_kind text not null, subject_id text not null, outcome text not null,
    before_json text, after_json text, previous_hash text not null, hash text not null);
create index audit_entry_at on audit_entry (at, sequence);
create table audit_head (id integer primary key, sequence bigint not null, hash text not null);
create function audit_entry_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail is append-only';
end $$;
create trigger audit_entry_no_change before update or delete on audit_entry
    for each row execute function audit_entry_is_append_only();
