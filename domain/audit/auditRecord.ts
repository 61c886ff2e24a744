/** Every action that the audit trail records. */
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
 * Who did what to whom, when, from which conversation, and the state before and after. It is written as
 * `started` before the change and settled after it. Its id is made of the request, so that a repeat completes
 * the record and adds none.
 */
export interface AuditRecord {
  at: number;
  actor: { id: string; name: string };
  conversationId: string;
  action: AuditAction;
  customerId?: string;
  /** The target in words: a customer's or person's name, a tenant's domain. */
  target: string;
  before?: string;
  after?: string;
  /** The reason, when a person gave one. */
  reason?: string;
  outcome: 'started' | 'done' | 'refused' | 'failed';
}
