'use strict';
// Huawei's official SDK, unchanged, against the simulator: node check.js http://127.0.0.1:PORT
const assert = require('node:assert/strict');
const { BasicCredentials, Region } = require('@huaweicloud/huaweicloud-sdk-core');
const iam = require('@huaweicloud/huaweicloud-sdk-iam/v3/public-api');
const ecs = require('@huaweicloud/huaweicloud-sdk-ecs/v2/public-api');
const vpc = require('@huaweicloud/huaweicloud-sdk-vpc/v2/public-api');
const vpc3 = require('@huaweicloud/huaweicloud-sdk-vpc/v3/public-api');

// The SDK prints every refusal at length, live headers included; what matters here is asserted.
require('log4js').configure({
  appenders: { none: { type: 'stderr' } },
  categories: { default: { appenders: ['none'], level: 'off' } },
});

const url = process.argv[2];
const ak = 'AKEXAMPLE00000000001';
const sk = 'SKEXAMPLE0000000000000000000000000000001';
const region = new Region('cn-north-4', [url]);

// Without a project id: the SDK looks it up itself, by the region's name.
const credential = (secret = sk) => new BasicCredentials({ ak, sk: secret }).withIamEndpoint(url);
const client = (kind, secret) => kind.newBuilder().withCredential(credential(secret)).withRegion(region).build();
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const lab = async (method, path, body) => {
  const answer = await fetch(`${url}/_lab/${path}`, { method, body: body && JSON.stringify(body) });
  return answer.status === 204 ? null : answer.json();
};

const steps = [];
const step = (name, run) => steps.push({ name, run });
const made = {};
const servers = client(ecs.EcsClient);
const networks = client(vpc.VpcClient);
const third = client(vpc3.VpcClient);

async function until(what, look, good) {
  for (let i = 0; i < 200; i++) {
    const seen = await look();
    if (good(seen)) return seen;
    await sleep(25);
  }
  throw new Error(`${what} did not come`);
}

const job = (id) =>
  until(
    `the end of job ${id}`,
    () => servers.showJob(new ecs.ShowJobRequest(id)),
    (seen) => ['SUCCESS', 'FAIL'].includes(seen.status)
  );
const show = async (id) => (await servers.showServer(new ecs.ShowServerRequest(id))).server;
const order = (name, more = {}) => ({
  server: {
    name,
    flavorRef: 's6.small.1',
    imageRef: made.image,
    vpcid: made.vpc,
    nics: [{ subnet_id: made.subnet }],
    security_groups: [{ id: made.group }],
    root_volume: { volumetype: 'GPSSD', size: 40 },
    data_volumes: [{ volumetype: 'SSD', size: 10 }],
    server_tags: [{ key: 'cloudmanager-key', value: 'check-1' }],
    ...more,
  },
});
const create = (token, body) =>
  servers.createPostPaidServers(new ecs.CreatePostPaidServersRequest().withXClientToken(token).withBody(body));

step('IAM: the project of the region', async () => {
  const asking = iam.IamClient.newBuilder().withCredential(credential()).withEndpoint(url).build();
  const found = await asking.keystoneListProjects(new iam.KeystoneListProjectsRequest().withName('cn-north-4'));
  assert.equal(found.projects.length, 1);
  assert.equal(found.projects[0].name, 'cn-north-4');
  made.project = found.projects[0].id;
});

step('VPC v1: a network and a subnet that is UNKNOWN until it is ACTIVE', async () => {
  const network = await networks.createVpc(
    new vpc.CreateVpcRequest().withBody({ vpc: { name: 'check 网络', cidr: '10.20.0.0/16', description: 'check' } })
  );
  made.vpc = network.vpc.id;
  const body = { subnet: { name: 'check', cidr: '10.20.1.0/24', gateway_ip: '10.20.1.1', vpc_id: made.vpc } };
  const subnet = await networks.createSubnet(new vpc.CreateSubnetRequest().withBody(body));
  made.subnet = subnet.subnet.id;
  assert.equal(subnet.subnet.status, 'UNKNOWN');
  assert.equal(subnet.subnet.neutron_network_id, made.subnet);
  await until(
    'the subnet',
    async () => (await networks.showSubnet(new vpc.ShowSubnetRequest(made.subnet))).subnet,
    (seen) => seen.status === 'ACTIVE'
  );
});

step('VPC v3: the list, with names that need escaping', async () => {
  const found = await third.listVpcs(
    new vpc3.ListVpcsRequest().withName(['check 网络', 'a+b/ü']).withLimit(10).withEnterpriseProjectId('all_granted_eps')
  );
  assert.deepEqual(found.vpcs.map((one) => one.id), [made.vpc]);
  assert.equal(found.page_info.next_marker, undefined);
});

step('VPC v3: a security group with a rule, and the same rule refused', async () => {
  const group = await third.createSecurityGroup(
    new vpc3.CreateSecurityGroupRequest().withBody({ security_group: { name: 'check' } })
  );
  made.group = group.security_group.id;
  const body = {
    security_group_rule: {
      security_group_id: made.group,
      direction: 'ingress',
      protocol: 'tcp',
      multiport: '22,3389',
      remote_ip_prefix: '10.0.0.0/8',
      priority: '1',
    },
  };
  const rule = await third.createSecurityGroupRule(new vpc3.CreateSecurityGroupRuleRequest().withBody(body));
  assert.equal(rule.security_group_rule.multiport, '22,3389');
  assert.equal(rule.security_group_rule.priority, 1);
  await assert.rejects(
    third.createSecurityGroupRule(new vpc3.CreateSecurityGroupRuleRequest().withBody(body)),
    (refusal) => refusal.httpStatusCode === 409 && refusal.errorCode === 'VPC.0611'
  );
});

step('ECS: sizes on offer', async () => {
  const found = await servers.listFlavors(new ecs.ListFlavorsRequest());
  const one = found.flavors.find((flavor) => flavor.id === 's6.small.1');
  assert.equal(one.vcpus, '1');
  assert.equal(one.ram, 1024);
  assert.equal(one.os_extra_specs['cond:operation:status'], 'normal');
});

step('ECS: limits', async () => {
  const limits = await servers.showServerLimits(new ecs.ShowServerLimitsRequest());
  assert.equal(limits.absolute.totalInstancesUsed, 0);
  assert.ok(limits.absolute.maxTotalCores > 0);
});

step('ECS: a dry run makes nothing', async () => {
  await create('dry', { ...order('dry'), dry_run: true });
  assert.equal((await lab('GET', 'state')).counts.servers, 0);
});

step('ECS: create twice with one client token makes one server', async () => {
  const first = await create('token-1', order('check-1'));
  const second = await create('token-1', order('check-1'));
  assert.deepEqual(second.serverIds, first.serverIds);
  assert.equal(second.job_id, first.job_id);
  [made.server, made.job] = [first.serverIds[0], first.job_id];
});

step('ECS: the job to its end', async () => {
  const first = await servers.showJob(new ecs.ShowJobRequest(made.job));
  assert.ok(['INIT', 'RUNNING'].includes(first.status));
  const last = await job(made.job);
  assert.equal(last.status, 'SUCCESS');
  assert.equal(last.entities.sub_jobs_total, 1);
  assert.equal(last.entities.sub_jobs[0].entities.server_id, made.server);
  assert.equal((await lab('GET', 'state')).counts.servers, 1);
});

step('ECS: show', async () => {
  const seen = await show(made.server);
  assert.equal(seen.status, 'ACTIVE');
  assert.equal(seen.flavor.vcpus, '1');
  assert.deepEqual(seen.tags, ['cloudmanager-key=check-1']);
  assert.match(seen.addresses[made.vpc][0].addr, /^10\.20\.1\./);
  assert.equal(seen['os-extended-volumes:volumes_attached'].length, 2);
});

step('ECS: list, by name, by tag, by page number', async () => {
  const list = (change) => servers.listServersDetails(change(new ecs.ListServersDetailsRequest()));
  assert.equal((await list((r) => r.withName('check'))).count, 1);
  assert.equal((await list((r) => r.withTags('cloudmanager-key=check-1'))).servers[0].id, made.server);
  assert.equal((await list((r) => r.withTags('cloudmanager-key=other'))).servers.length, 0);
  assert.equal((await list((r) => r.withOffset(1).withLimit(1))).servers.length, 1);
  assert.equal((await list((r) => r.withOffset(2).withLimit(1))).servers.length, 0);
});

step('ECS: disks of the server', async () => {
  const found = await servers.listServerBlockDevices(new ecs.ListServerBlockDevicesRequest(made.server));
  assert.deepEqual(found.volumeAttachments.map((disk) => disk.size).sort(), [10, 40]);
});

step('ECS: resize of a running server is refused, with withStopServer it is done', async () => {
  const resize = (mode) =>
    servers.resizePostPaidServer(
      new ecs.ResizePostPaidServerRequest(made.server).withBody({ resize: { flavorRef: 's6.large.2', ...mode } })
    );
  await assert.rejects(resize({}), (refusal) => refusal.httpStatusCode === 409);
  assert.equal((await job((await resize({ mode: 'withStopServer' })).job_id)).status, 'SUCCESS');
  const seen = await show(made.server);
  assert.equal(seen.flavor.id, 's6.large.2');
  assert.equal(seen.status, 'ACTIVE');
});

step('ECS: stop and start in batch', async () => {
  const stop = { 'os-stop': { type: 'SOFT', servers: [{ id: made.server }] } };
  const start = { 'os-start': { servers: [{ id: made.server }] } };
  await job((await servers.batchStopServers(new ecs.BatchStopServersRequest().withBody(stop))).job_id);
  assert.equal((await show(made.server)).status, 'SHUTOFF');
  await job((await servers.batchStartServers(new ecs.BatchStartServersRequest().withBody(start))).job_id);
  assert.equal((await show(made.server)).status, 'ACTIVE');
});

step('ECS: a batch of three, one of which fails in its job', async () => {
  await lab('POST', 'jobs/fail', { type: 'createSingleServer', count: 1, code: 'Ecs.0319', reason: 'no room' });
  const batch = await create('token-3', order('batch', { count: 3 }));
  assert.equal(batch.serverIds.length, 3);
  const last = await job(batch.job_id);
  assert.equal(last.status, 'FAIL');
  const parts = last.entities.sub_jobs.map((part) => part.status).sort();
  assert.deepEqual(parts, ['FAIL', 'SUCCESS', 'SUCCESS']);
  made.batch = last.entities.sub_jobs.filter((part) => part.status === 'SUCCESS').map((part) => part.entities.server_id);
  assert.match((await show(made.batch[0])).name, /^batch-000[123]$/);
});

step('ECS: delete, and the server is not found', async () => {
  const body = { servers: [made.server, ...made.batch].map((id) => ({ id })), delete_publicip: true, delete_volume: true };
  const last = await job((await servers.deleteServers(new ecs.DeleteServersRequest().withBody(body))).job_id);
  assert.equal(last.status, 'SUCCESS');
  await assert.rejects(
    show(made.server),
    (refusal) => refusal.httpStatusCode === 404 && refusal.errorCode === 'Ecs.0114'
  );
  const counts = (await lab('GET', 'state')).counts;
  assert.deepEqual([counts.servers, counts.volumes, counts.ports], [0, 0, 0]);
});

step('VPC: what was made is deleted, in order', async () => {
  await assert.rejects(
    networks.deleteVpc(new vpc.DeleteVpcRequest(made.vpc)),
    (refusal) => refusal.httpStatusCode === 409
  );
  await third.deleteSecurityGroup(new vpc3.DeleteSecurityGroupRequest(made.group));
  await networks.deleteSubnet(new vpc.DeleteSubnetRequest(made.vpc, made.subnet));
  await networks.deleteVpc(new vpc.DeleteVpcRequest(made.vpc));
});

step('429: the gateway throttles in words that the SDK reads', async () => {
  await lab('POST', 'troubles', { path: '/cloudservers/limits', status: 429, message: 'policy user over ratelimit' });
  await assert.rejects(
    servers.showServerLimits(new ecs.ShowServerLimitsRequest()),
    (refusal) => refusal.httpStatusCode === 429 && refusal.errorCode === 'APIGW.0308'
  );
});

step('Every signature so far was verified, none refused', async () => {
  const calls = await lab('GET', 'calls');
  assert.equal(calls.signaturesRefused, 0);
  assert.ok(calls.signaturesVerified > 40 && calls.signaturesVerified === calls.total);
});

step('A wrong secret is refused', async () => {
  const wrong = ecs.EcsClient.newBuilder()
    .withCredential(new BasicCredentials({ ak, sk: `${sk}x`, projectId: made.project }))
    .withEndpoint(url)
    .build();
  await assert.rejects(
    wrong.listFlavors(new ecs.ListFlavorsRequest()),
    (refusal) => refusal.httpStatusCode === 401 && refusal.errorCode === 'APIGW.0301'
  );
  assert.equal((await lab('GET', 'calls')).signaturesRefused, 1);
});

async function main() {
  const begin = Date.now();
  made.image = (await lab('GET', 'state')).images.at(-1);
  let [failed, succeeded] = [0, 0];
  for (const { name, run } of steps) {
    try {
      await run();
      succeeded++;
      console.log(`ok    ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL  ${name}: ${error.errorCode ?? ''} ${error.errorMsg ?? error.stack}`);
    }
  }
  console.log(`Test run summary: ${failed === 0 ? 'Passed!' : 'Failed!'}`);
  console.log(`  total: ${failed + succeeded}`);
  console.log(`  failed: ${failed}`);
  console.log(`  succeeded: ${succeeded}`);
  console.log('  skipped: 0');
  console.log(`  duration: ${((Date.now() - begin) / 1000).toFixed(1)}s`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main();
