import { z } from 'zod';
import { finishedCard } from '../../cards/finished';
import type { Card } from '../../cards/shared/card';
import { said } from '../../cards/shared/said';
import { fingerprintOf } from '../../domain/agentProtocol/fingerprint';
import { enrolmentToTell } from '../../domain/agents/enrolment/enrolmentToTell';
import type { Enrolments } from '../../domain/agents/ports';
import { enqueueJob } from '../../domain/jobs/enqueueJob';
import type { Again } from '../../domain/jobs/jobRun';
import type { Needs } from '../../domain/stores/core';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../sending/proactive';
import { cardMessage, putMessage } from '../turns/reply';
import { ASK_REPLACEMENT, askReplacementId } from './askReplacement';
import { jobKind } from './jobKind';
import { sayWhereAsked } from './sayWhereAsked';

const TELL_ENROLMENT = 'tellEnrolment';

const inputSchema = z.object({
  tokenId: z.string().max(100),
  customerId: z.string().max(100),
  conversationId: z.string(),
  issuer: z.string(),
  place: z.enum(['domainController', 'otherServer']).optional(),
  name: z.string(),
  fingerprint: z.string(),
  address: z.string().optional(),
});
type Input = z.infer<typeof inputSchema>;

/** Stores what to say in the conversation of an install command; a repeat changes nothing. */
export const createEnrolments = (deps: Needs<'jobs', 'clock'>): Enrolments => ({
  tell(tokenId, { customerId, conversationId, issuedBy, place }, { name, publicKey, address }) {
    const input: Input = {
      ...{ tokenId, customerId, conversationId, issuer: issuedBy.name, name },
      fingerprint: fingerprintOf(publicKey),
      ...(place && { place }),
      ...(address && { address }),
    };
    return enqueueJob(deps, { id: `enrolment:${tokenId}`, kind: TELL_ENROLMENT, input, customerId });
  },
  ask: (tokenId, { conversationId, customerId }) =>
    enqueueJob(deps, {
      ...{ id: askReplacementId(tokenId), kind: ASK_REPLACEMENT, customerId, awaited: true },
      input: { tokenId, conversationId },
    }),
});

/**
 * Reports in the conversation of an install command that the command was used, also when nobody at the MSP
 * used it.
 */
export const tellEnrolment = (deps: AppDeps, proactive: Proactive) =>
  jobKind({
    kind: TELL_ENROLMENT,
    schema: inputSchema,
    async handle(input, { attempts }): Promise<Again | undefined> {
      const enrolment = await enrolmentToTell(deps, input, attempts);
      if (!enrolment || 'againInMs' in enrolment) return enrolment;
      const card = cardOf(input, enrolment);
      const result = await sayWhereAsked(deps, proactive, input.conversationId, (context) =>
        putMessage(context, cardMessage(card)),
      );
      return 'againInMs' in result ? result : undefined;
    },
  });

const SERVER_ROLE_WORDS = {
  domainController: 'Installed for a domain controller: it reports password resets.',
  otherServer: 'Installed for another server: its resets and users do not count.',
};

/** The news, and what tells a stranger's agent from the team's own. */
function cardOf(
  { customerId, name, fingerprint, address, place, issuer }: Input,
  { customer, again }: { customer: string; again: boolean },
): Card {
  const lines = [
    ...(place ? [SERVER_ROLE_WORDS[place]] : []),
    `Key ${fingerprint}, from address ${address ?? 'not known'}.`,
    `${issuer} made the install command. Not your team’s server? Open the agents and revoke it.`,
  ];
  return finishedCard({
    title: `${said(name, 64)} is ${again ? 'installed again' : 'enrolled'} at ${said(customer)}`,
    lines,
    tone: 'good',
    actions: [{ title: 'Open agents', command: 'agents', args: { customerId } }],
  });
}
