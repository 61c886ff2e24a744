import { z } from 'zod';
import type { Organization } from '../../domain/organizations/organization';
import { idSchema, pageUrl, type RowReader, textOf } from '../shared/rows';

/** One resource of JSON:API. IT Glue writes names with `-`; other programs have also received `_`. */
const resourceSchema = z.object({
  id: idSchema,
  attributes: z.object({
    name: z.string(),
    'organization-status-name': z.unknown(),
    organization_status_name: z.unknown(),
    'organization-type-name': z.unknown(),
    organization_type_name: z.unknown(),
    'resource-url': z.unknown(),
    resource_url: z.unknown(),
  }),
});

/** The organization's page is left out when IT Glue does not give it, because the id does not reveal it. */
function toOrganization({ id, attributes: all }: z.output<typeof resourceSchema>): Organization {
  const statusName = textOf(all['organization-status-name'] ?? all.organization_status_name);
  const typeName = textOf(all['organization-type-name'] ?? all.organization_type_name);
  const url = pageUrl(all['resource-url'] ?? all.resource_url);
  return {
    id: String(id),
    name: all.name,
    state: stateOf(statusName),
    ...(statusName && { statusName }),
    ...(typeName && { typeName }),
    ...(url && { url }),
  };
}

export const organizationRows: RowReader<z.output<typeof resourceSchema>> = {
  schema: resourceSchema,
  toOrganization,
};

/** Every account defines its own statuses. A status with one of these words in it means a former customer. */
const INACTIVE =
  /(?<![a-z])(inactive|deactivated|not[ _-]active|no[ _-]longer|archived|former|terminated|lost|cancell?ed|closed|churned|offboarded|disabled)(?![a-z])/i;

const stateOf = (statusName = ''): Organization['state'] =>
  INACTIVE.test(statusName) ? 'inactive' : 'active';

const count = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .pipe(z.number().int().nonnegative());

const dashed = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, is]) => [name.replaceAll('_', '-'), is]))
    : value;

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
export const oneSchema = z.object({ data: resourceSchema.transform(toOrganization) });

/**
 * What the list says about the page after `page`: its number, null when there is none, undefined when it says
 * nothing. When the list names no next page but counts more pages, there are more. A page without rows beyond
 * its own count is the end.
 */
export function nextPageOf(
  meta: z.output<typeof metaSchema>,
  page: number,
  rows: number,
): number | null | undefined {
  const { 'next-page': next, 'total-pages': pages } = meta;
  if (rows === 0 && page > (pages ?? Number.POSITIVE_INFINITY)) return null;
  if (typeof next === 'number' || pages === undefined) return next;
  return page < pages ? page + 1 : null;
}
