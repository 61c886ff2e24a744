import type { HttpResponse } from '../../../domain/http';

/** The address that a page of ours forwards to; empty for a page that stays. */
export const leads = ({ body }: Pick<HttpResponse, 'body'>): string =>
  (/http-equiv="refresh" content="0;url=([^"]+)"/.exec(String(body))?.[1] ?? '').replaceAll('&#38;', '&');
