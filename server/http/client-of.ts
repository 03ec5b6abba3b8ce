import type { Request } from 'express';
import type { Client } from '../../catalog/access/sign-in.ts';

/** The browser and the network address that a sign-in comes from. */
export function clientOf(request: Request): Client {
  return { browser: request.get('User-Agent') ?? '', address: request.ip ?? '' };
}
