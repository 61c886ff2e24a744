import { z } from 'zod';
import type { Organization } from '../../domain/organizations/organization';
import type { OrganizationPage } from '../../domain/organizations/ports';

/** The vendor's id as text. */
export const idSchema = z.preprocess(
  (id) => (Number.isSafeInteger(id) ? String(id) : id),
  z.string().regex(/^[\w-]{1,64}$/, 'not an id'),
);

/** Whether it can be an id at all; anything else is never asked for. */
export const isId = (id: string): boolean => idSchema.safeParse(id).success;

/** Text that may be absent in any way, or of another kind than it should: it is then left out. */
export const optionalText = z.string().trim().min(1).optional().catch(undefined);

/** What is missing costs its own row alone: it is reported by its id, or by its place when it has none. */
export function readRows(
  rows: readonly unknown[],
  page: number,
  schema: z.ZodType<Organization, z.ZodTypeDef, unknown>,
): Pick<OrganizationPage, 'organizations' | 'bad'> & { ids: string[] } {
  const known = new Map<string, Organization>();
  const bad: OrganizationPage['bad'] = [];
  const ids = rows.map((row, index) => idOf(row) ?? `page ${page}, row ${index + 1}`);
  rows.forEach((row, index) => {
    const id = ids[index] ?? '';
    const result = schema.safeParse(row);
    if (!result.success) bad.push({ id, why: whyOf(result.error) });
    else if (known.has(result.data.id)) bad.push({ id, why: 'the same id a second time on this page' });
    else known.set(result.data.id, result.data);
  });
  return { organizations: [...known.values()], bad, ids };
}

const withId = z.object({ id: idSchema });

function idOf(row: unknown): string | undefined {
  return withId.safeParse(row).data?.id;
}

const whyOf = ({ issues }: z.ZodError): string =>
  issues
    .map(({ path, message }) => `${path.join('.') || 'row'}: ${message}`)
    .join('; ')
    .slice(0, 200);

/** An https address, perhaps relative to `base`; undefined for anything else. */
export function pageUrl(text: string | undefined, base?: URL): string | undefined {
  if (!text || !URL.canParse(text, base?.href)) return undefined;
  const url = new URL(text, base);
  return url.protocol === 'https:' ? url.href : undefined;
}
