import type { OrganizationPage, OrganizationSource } from '../../organizations/ports';

/**
 * Fetches the next page of a list while the one before it is worked on. Each page is asked for once, in the list's
 * order; one that could not be read is asked for anew.
 */
export function readAhead(source: Pick<OrganizationSource, 'page'>): Pick<OrganizationSource, 'page'> {
  let ahead: { token: string; page: Promise<OrganizationPage> } | undefined;
  const begin = (token: string) => {
    const page = source.page(token);
    // Whoever asks for it hears of its refusal.
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
