import { endedOnPage, endOfButton, showEndLater, takeOver } from '../../domain/links/linkButton';
import { type LinkKindName, linkKinds } from '../../domain/links/linkKinds';
import type { LinkPolicy } from '../../domain/links/linkPolicy';
import type { LinkButton, OneTimeLink } from '../../domain/links/oneTimeLink';
import { actorOf } from '../../domain/people/people';
import type { Stored } from '../../domain/ports';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../sending/proactive';
import { classified } from '../sending/sendResult';
import { laterTurn } from '../turns/laterTurn';
import { putMessage, textMessage } from '../turns/reply';

type Deps = AppDeps & { proactive: Proactive };

const LEASE_MS = 10_000;
const AT_ONCE = 20;

/**
 * Has the chat show that links are over: the message loses its button, and a step that waits for the page
 * says why it ended there. Resolves to the number of links.
 */
export async function showEnds(deps: Deps): Promise<number> {
  const claimed = await deps.stores.oneTimeLinks.claimDue(deps.clock.now(), LEASE_MS, AT_ONCE);
  await Promise.all(
    claimed.map((link) =>
      showEnd(deps, link).catch((err) => deps.log.warn({ err }, 'the end of a link was not shown yet')),
    ),
  );
  return claimed.length;
}

async function showEnd(deps: Deps, link: Stored<OneTimeLink>): Promise<void> {
  const { button, kind } = link.value;
  const policy: Pick<LinkPolicy, 'code'> | undefined = linkKinds[kind as LinkKindName];
  if (!button || !policy) return;
  if (!(await takeOver(deps, link, button))) return;
  const later = await tellEnd(deps, link, button, policy).catch((error) => ({ error }));
  if (!later) return;
  await showEndLater(deps, link.id, button);
  if (later !== true) throw later.error;
}

/** Safe to repeat. Resolves to whether Teams has to be asked again. */
const tellEnd = (
  deps: Deps,
  link: Stored<OneTimeLink>,
  { reference, messageId }: LinkButton,
  policy: Pick<LinkPolicy, 'code'>,
): Promise<boolean> =>
  deps.proactive.in(reference, async (context) => {
    const message = textMessage(endOfButton(link.value, policy));
    const result = await classified(() => putMessage(context, message, messageId));
    if (result.kind === 'throttled' || (result.kind === 'failed' && result.passing)) return true;
    if (endedOnPage(link.value, policy)) await showStep(deps, context, link);
    return false;
  });

/** The step that waits for the page's code shows why there will be none. */
async function showStep(
  deps: Deps,
  context: Parameters<typeof laterTurn>[1],
  { id, value }: Stored<OneTimeLink>,
): Promise<void> {
  const { person, conversationId, conversationKey, kind } = value;
  const actor = await actorOf(deps, { ...person, conversationId });
  if (!actor || !conversationKey) return;
  await laterTurn(deps, context, { actor, conversationKey, turnId: `link:${id}` }, () =>
    deps.dialogs.linkChanged(context, kind as LinkKindName),
  );
}
