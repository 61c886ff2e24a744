import type { OrganizationRow } from '../../cards/customer';
import { type LinkNotice, linksOf, type OrganizationLinkFacts } from '../../domain/organizations/linkView';
import type { Actor } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';

const WORDS: Record<LinkNotice, (facts: OrganizationLinkFacts) => string> = {
  archived: () => 'It is archived there.',
  inactive: () => 'It is inactive there.',
  gone: () => 'It is not there any more.',
  merged: ({ mergedInto }) =>
    `It is not there any more; “${mergedInto?.name ?? ''}” seems to have taken its place.`,
  integrationRemoved: () => 'The integration was removed.',
  integrationPaused: () => 'The integration is paused.',
};
/** States that a person should look at; the others are only mentioned. */
const SERIOUS: readonly LinkNotice[] = ['archived', 'inactive', 'gone', 'merged', 'integrationRemoved'];

/** A customer's organizations for its card, with what this person may decide about them. */
export async function organizationRows(
  deps: AppDeps,
  actor: Actor,
  customer: { id: string; name: string },
): Promise<OrganizationRow[]> {
  const mayDecide = actor.permissions.has('customers.write');
  return (await linksOf(deps, actor, customer)).map((facts) => rowOf(facts, mayDecide));
}

function rowOf(facts: OrganizationLinkFacts, mayDecide: boolean): OrganizationRow {
  const { linkId, organizationName, url, integration, nameDiffers, notices } = facts;
  const differs = nameDiffers ? [`The name differs there from “${nameDiffers.ours}”.`] : [];
  const notice = [...differs, ...notices.map((each) => WORDS[each](facts))].join(' ');
  const serious = nameDiffers !== undefined || notices.some((each) => SERIOUS.includes(each));
  return {
    linkId,
    integration: integration?.name ?? 'Integration removed',
    name: organizationName,
    ...(url && { url }),
    ...(notice && { notice }),
    tone: serious ? 'attention' : 'neutral',
    ...(nameDiffers && mayDecide && { theirName: nameDiffers.theirs }),
    canUnlink: mayDecide,
  };
}
