/** What can be done, as it stands in the audit trail. */
export type AuditAction =
  | 'customer.add'
  | 'customer.rename'
  | 'customer.remove'
  | 'customer.restore'
  | 'customer.purge'
  | 'customer.sources'
  | 'tenant.signIn'
  | 'tenant.propose'
  | 'tenant.connect'
  | 'tenant.discard'
  | 'tenant.test'
  | 'tenant.disconnect'
  | 'sync.choose'
  | 'person.add'
  | 'person.remove'
  | 'integration.add'
  | 'integration.key'
  | 'integration.pause'
  | 'integration.resume'
  | 'integration.remove'
  | 'integration.test'
  | 'import.start'
  | 'import.apply'
  | 'import.cancel'
  | 'organization.link'
  | 'organization.unlink'
  | 'organization.keepOurs'
  | 'organization.takeTheirs'
  | 'reset.explain'
  | 'notify.set'
  | 'notify.stop'
  | 'agent.token'
  | 'agent.enrol'
  | 'agent.replace'
  | 'agent.revoke'
  | 'access.refused';

/**
 * Who did what to whom, when, from which conversation, with what before and after. Written as `started` before the
 * change and settled after it, under an id made of the request, so that a repeat completes it instead of adding one.
 */
export interface AuditRecord {
  at: number;
  actor: { id: string; name: string };
  conversationId: string;
  action: AuditAction;
  customerId?: string;
  /** What it was done to, in words: a customer's or person's name, a tenant's domain. */
  target: string;
  before?: string;
  after?: string;
  /** Why, when a person gave a reason. */
  reason?: string;
  outcome: 'started' | 'done' | 'refused' | 'failed';
}
