import { makeCertificate } from '../../sandbox/certificate';
import { HUDU_ACCOUNTS, IT_GLUE_ACCOUNTS } from '../../sandbox/demoAccounts';
import { startHuduSandbox } from '../../sandbox/hudu/startHuduSandbox';
import { startItGlueSandbox } from '../../sandbox/itglue/startItGlueSandbox';
import { makeOrganizations } from '../../sandbox/organizations/makeOrganizations';

const ORGANIZATIONS = 10_000;

/**
 * Both stand-ins with 10,000 organizations each. A message sets how long each answer takes from now on; the
 * reply lists the requests since the previous message.
 */
async function main(folder: string): Promise<void> {
  const certificate = await makeCertificate(folder);
  const organizations = () => makeOrganizations({ count: ORGANIZATIONS });
  const itGlue = await startItGlueSandbox({
    certificate,
    accounts: IT_GLUE_ACCOUNTS,
    organizations: organizations(),
  });
  const hudu = await startHuduSandbox({
    certificate,
    accounts: HUDU_ACCOUNTS,
    organizations: organizations(),
  });
  process.on('message', (latencyMs: number) => {
    const controls = [itGlue.control, hudu.control];
    process.send?.(controls.flatMap((control) => control.requests().map(({ path }) => path)));
    for (const control of controls) {
      control.clearRequests();
      control.setLatency(latencyMs);
    }
  });
  process.once('disconnect', () => process.exit(0));
  process.send?.({ itGlueUrl: itGlue.urls.eu, huduHost: hudu.host, caFile: certificate.caFile });
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
