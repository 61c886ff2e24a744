import { said } from '../../cards/shared/said';
import type { AuditAction, AuditRecord } from '../../domain/audit/auditRecord';

const WORDS: Record<AuditAction, (record: AuditRecord) => string> = {
  'customer.add': ({ after = '', target }) =>
    !after || after === target ? 'added the customer' : 'wanted to add it again',
  'customer.rename': ({ before, after }) => `renamed it from ${before} to ${after}`,
  'customer.remove': () => 'removed the customer',
  'customer.restore': () => 'restored the customer',
  'customer.purge': () => 'deleted the removed customer for good',
  'customer.sources': ({ after }) => `chose what Keyturn manages: ${after}`,
  'tenant.signIn': () => 'began to connect Microsoft 365',
  'tenant.propose': ({ after }) => `is asked whether it is the right tenant (${after})`,
  'tenant.discard': ({ before }) => `discarded the ${before}`,
  'tenant.connect': ({ after, target }) => `connected Microsoft 365 (${after ?? target})`,
  'tenant.test': ({ after }) => `tested the connection${after ? `: ${after}` : ''}`,
  'tenant.disconnect': ({ before, target }) => `disconnected Microsoft 365 (${before ?? target})`,
  'sync.choose': ({ after, reason }) =>
    `chose the sync mode “${after}”${reason ? `, because: ${reason}` : ''}`,
  'person.add': ({ target, after }) => `gave ${target} the role ${after}`,
  'person.remove': ({ target }) => `removed ${target}`,
  'integration.add': ({ target }) => `added the integration ${target}`,
  'integration.key': ({ target, after }) => `${after ?? 'replaced the API key'} of ${target}`,
  'integration.pause': ({ target }) => `paused ${target}`,
  'integration.resume': ({ target }) => `resumed ${target}`,
  'integration.remove': ({ target }) => `removed the integration ${target}`,
  'integration.test': ({ target, after }) => `tested ${target}${after ? `: ${after}` : ''}`,
  'import.start': ({ target }) => `began to import organizations from ${target}`,
  'import.apply': ({ target, after }) => `imported organizations from ${target}${after ? `: ${after}` : ''}`,
  'import.cancel': ({ target }) => `cancelled the import from ${target}`,
  'organization.link': ({ after }) => `linked it to ${after}`,
  'organization.unlink': ({ before }) => `unlinked it from ${before}`,
  'organization.keepOurs': ({ before, after }) => `kept the name ${after}, not ${before}`,
  'organization.takeTheirs': ({ before, after }) => `took over the name ${after} instead of ${before}`,
  'reset.explain': ({ after }) => `said of password resets: ${after}`,
  'notify.set': ({ target, after }) => `chose the alerts of ${target}${after ? `: ${after}` : ''}`,
  'notify.stop': ({ target }) => `stopped the alerts of ${target}`,
  'agent.token': () => 'asked for an install command',
  'agent.enrol': ({ target, after }) => `had the agent on ${said(target, 64)} ${after ?? 'installed'}`,
  'agent.replace': ({ target, after }) =>
    `said of the agent on ${said(target, 64)}: ${after ?? 'another key'}`,
  'agent.revoke': ({ target }) => `revoked the agent on ${said(target, 64)}`,
  'access.refused': ({ reason }) => `was refused${reason ? `: ${reason}` : ''}`,
};

const OUTCOMES: Record<AuditRecord['outcome'], string> = {
  started: ' (not finished)',
  done: '',
  refused: '',
  failed: ' (failed)',
};

/** The words of an audit record that follow the name of its actor. */
export const auditWords = (record: AuditRecord): string =>
  WORDS[record.action](record) + OUTCOMES[record.outcome];
