import { z } from 'zod';
import type { Organization } from '../../domain/organizations/organization';
import { type OrganizationPage, SourceRefused } from '../../domain/organizations/ports';

const textId = z.string().regex(/^[\w-]{1,64}$/);
const numberId = z.number().int().nonnegative().safe();
const errorMap = () => ({ message: 'not an id' });

/** A vendor's id: text or a whole number that cannot change the path of an address. */
export const idSchema = z.union([textId, numberId], { errorMap });

/** The same for a vendor that gives numbers: it tries the number first, which costs least. */
export const numberedIdSchema = z.union([numberId, textId], { errorMap });

/** Whether this text can be an id. No request is made for any other text. */
export const isId = (id: string): boolean => idSchema.safeParse(id).success;

/** Text that may be absent in any way. A value that is no text counts as absent. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.trim() || undefined : undefined;

/**
 * How a vendor's row is checked, and what it becomes. The schema has no effects, which would cost more than
 * all the rest.
 */
export interface RowReader<Row> {
  schema: z.ZodType<Row>;
  toOrganization(row: Row): Organization;
}

/**
 * Reads the rows of a page. A broken row does not affect the others: it is reported by its id, or by its
 * number when it has none.
 */
export function readRows<Row>(
  rows: readonly unknown[],
  page: number,
  { schema, toOrganization }: RowReader<Row>,
): Pick<OrganizationPage, 'organizations' | 'bad'> & { ids: string[] } {
  const known = new Map<string, Organization>();
  const bad: OrganizationPage['bad'] = [];
  const ids = rows.map((row, index) => {
    const result = schema.safeParse(row);
    if (!result.success) {
      const id = idOf(row) ?? `page ${page}, row ${index + 1}`;
      bad.push({ id, why: whyOf(result.error) });
      return id;
    }
    const organization = toOrganization(result.data);
    const { id } = organization;
    if (known.has(id)) bad.push({ id, why: 'the same id a second time on this page' });
    else known.set(id, organization);
    return id;
  });
  return { organizations: [...known.values()], bad, ids };
}

/**
 * The organizations in the answer to a search. When no row can be read, this throws SourceRefused instead of
 * returning an empty list.
 */
export function foundIn<Row>(rows: readonly unknown[], reader: RowReader<Row>): Organization[] {
  const { organizations } = readRows(rows, 1, reader);
  if (rows.length > 0 && organizations.length === 0) throw new SourceRefused('notJson', 'another shape');
  return organizations;
}

const withId = z.object({ id: idSchema });

function idOf(row: unknown): string | undefined {
  const id = withId.safeParse(row).data?.id;
  return id === undefined ? undefined : String(id);
}

const whyOf = ({ issues }: z.ZodError): string =>
  issues
    .map(({ path, message }) => `${path.join('.') || 'row'}: ${message}`)
    .join('; ')
    .slice(0, 200);

/** An https address, perhaps relative to `base`; undefined for anything else. */
export function pageUrl(value: unknown, base?: URL): string | undefined {
  const text = textOf(value);
  if (!text || !URL.canParse(text, base?.href)) return undefined;
  const url = new URL(text, base);
  return url.protocol === 'https:' ? url.href : undefined;
}
