import { z } from 'zod';
import type { Organization } from '../../domain/organizations/organization';
import { idSchema, optionalText, pageUrl } from '../shared/rows';

/** IT Glue writes names with `-`; programs that speak with it have also seen `_`. */
const dashed = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, is]) => [name.replaceAll('_', '-'), is]))
    : value;

const attributesSchema = z.preprocess(
  dashed,
  z.object({
    name: z.string(),
    'organization-status-name': optionalText,
    'organization-type-name': optionalText,
    'resource-url': optionalText,
  }),
);

/** One resource of JSON:API as an organization. Its page is left out when IT Glue does not give it: it cannot be told from the id. */
export const organizationSchema = z
  .object({ id: idSchema, attributes: attributesSchema })
  .transform(({ id, attributes }): Organization => {
    const statusName = attributes['organization-status-name'];
    const typeName = attributes['organization-type-name'];
    const url = pageUrl(attributes['resource-url']);
    return {
      id,
      name: attributes.name,
      state: stateOf(statusName),
      ...(statusName && { statusName }),
      ...(typeName && { typeName }),
      ...(url && { url }),
    };
  });

/** Statuses are each account's own words; with one of these in it, a status says that it is no customer any more. */
const INACTIVE =
  /\b(inactive|deactivated|not active|no longer active|archived|former|terminated|lost|cancell?ed|closed|churned|offboarded|disabled)\b/i;

const stateOf = (statusName = ''): Organization['state'] =>
  INACTIVE.test(statusName.replaceAll(/[_-]/g, ' ')) ? 'inactive' : 'active';

const count = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .pipe(z.number().int().nonnegative());

const metaSchema = z.preprocess(
  dashed,
  z
    .object({
      'next-page': count.nullish().catch(undefined),
      'total-pages': count.optional().catch(undefined),
      'total-count': count.optional().catch(undefined),
    })
    .catch({}),
);

export const listSchema = z.object({ data: z.array(z.unknown()), meta: metaSchema });
export const oneSchema = z.object({ data: organizationSchema });

/** What the list says of the page after `page`: its number, null for none, undefined for nothing at all. */
export function nextPageOf(meta: z.output<typeof metaSchema>, page: number): number | null | undefined {
  const { 'next-page': next, 'total-pages': pages } = meta;
  if (next !== undefined || pages === undefined) return next;
  return page < pages ? page + 1 : null;
}
