import type { OrganizationPage, OrganizationSource } from '../../organizations/ports';

/**
 * Fetches the next page of a list while the caller works on the current one. It asks for each page once, in
 * the list's order, and again for a page that it could not read.
 */
export function readAhead(source: Pick<OrganizationSource, 'page'>): Pick<OrganizationSource, 'page'> {
  let ahead: { token: string; page: Promise<OrganizationPage> } | undefined;
  const begin = (token: string) => {
    const page = source.page(token);
    // The caller who asks for this page hears of the refusal.
    page.catch(() => undefined);
    return { token, page };
  };
  return {
    async page(token) {
      const begun = ahead?.token === token ? ahead?.page : undefined;
      ahead = undefined;
      const page = await (begun ?? source.page(token));
      if (page.next !== undefined && page.next !== token) ahead = begin(page.next);
      return page;
    },
  };
}
