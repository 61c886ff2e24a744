import type { HttpResponse } from '../../../domain/http';

/** Where a page of ours leads by itself; empty for one that stays. */
export const leads = ({ body }: Pick<HttpResponse, 'body'>): string =>
  (/http-equiv="refresh" content="0;url=([^"]+)"/.exec(String(body))?.[1] ?? '').replaceAll('&#38;', '&');
