-- What changes and deregistrations keep (art. 20, 21): the technical department's consent, whether it is the whole system,
-- the confirmed end; the provider's statement that nothing can be recovered.
alter table request add column concurred boolean;
alter table request add column whole_system boolean not null default false;
alter table request add column ended_on date;
create index request_system on request (system, id);
alter table work_order add column statement text;
create index resource_system on resource (system, id);
create index resource_work_order on resource (work_order, id);
create index provisioning_task_resource on provisioning_task (resource, id);
-- The confirmed end of service keeps its own day, also where a start decided later lies behind it.
alter table service_interval add column ended_on date;
update service_interval set ended_on = until_day
where ended_by is not null and not exists (
    select 1 from service_interval other
    where other.tenant = service_interval.tenant and other.provider = service_interval.provider
        and other.resource = service_interval.resource and other.started_by = service_interval.ended_by);
