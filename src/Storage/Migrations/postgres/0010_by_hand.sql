-- What people do with a resource where nothing can be called, and the paper that shows that they did.
alter table provisioning_task add column instead_of text;
alter table provisioning_task add column evidence text;
