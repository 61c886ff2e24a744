import { randomUUID } from 'node:crypto';
import { MSP_TENANT_ID, TECHNICIAN } from '../../../sandbox/playgroundConfig';

/**
 * Sends what Teams sends after a sign-in pop-up, and the Playground does not: the code from the page, or
 * `CancelledByUser`. It comes from the technician's personal chat, through the Playground.
 */
export async function sendVerifyState(playgroundUrl: string, state: string): Promise<void> {
  const { id, objectId: aadObjectId, given, surname } = TECHNICIAN;
  const activity = {
    type: 'invoke',
    name: 'signin/verifyState',
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl: `${playgroundUrl}/_connector`,
    from: { id, aadObjectId, name: `${given} ${surname}` },
    recipient: { id: 'bot', name: 'Keyturn' },
    conversation: { id: 'personal-chat', conversationType: 'personal', tenantId: MSP_TENANT_ID },
    channelData: { tenant: { id: MSP_TENANT_ID } },
    value: { state },
  };
  await fetch(`${playgroundUrl}/_internal/v1/customActivities`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(activity),
  });
}
