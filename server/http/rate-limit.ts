import type { NextFunction, Request, Response } from 'express';
import { Refusal } from './refusal.ts';

export interface RateLimit {
  /** Names the policy in the headers. */
  readonly name: string;
  /** How many requests of one address in a window. */
  readonly most: number;
  readonly windowSeconds: number;
}

/** What one address has left until its window ends. */
interface Window {
  left: number;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

const mostAddresses = 20_000;

/**
 * Limits what costs the server more than the sender: so many requests of one address in a window, whoever it says it is.
 * Kept in this process alone and never written: it is a brake, not a record.
 *
 * Says so in `RateLimit-Policy` and `RateLimit`, draft-ietf-httpapi-ratelimit-headers-10.
 */
export function rateLimit({ name, most, windowSeconds }: RateLimit, now: () => string) {
  const windows = new Map<string, Window>();

  return (request: Request, response: Response, next: NextFunction): void => {
    const at = Date.parse(now());
    const window = windowOf(request.ip ?? '', at);
    const seconds = Math.max(1, Math.ceil((window.endsAt - at) / 1000));
    const isRefused = window.left <= 0;
    if (!isRefused) window.left -= 1;
    const told = {
      'RateLimit-Policy': `"${name}";q=${most};w=${windowSeconds}`,
      RateLimit: `"${name}";r=${window.left};t=${seconds}`,
    };
    if (isRefused) throw tooMany(most, windowSeconds, { ...told, 'Retry-After': String(seconds) });
    response.set(told);
    next();
  };

  function windowOf(address: string, at: number): Window {
    const known = windows.get(address);
    if (known && known.endsAt > at) return known;
    windows.delete(address);
    // The first stands longest: it is the one whose window has ended, or soon will.
    const [oldest] = windows.keys();
    if (windows.size >= mostAddresses && oldest !== undefined) windows.delete(oldest);
    const opened = { left: most, endsAt: at + windowSeconds * 1000 };
    windows.set(address, opened);
    return opened;
  }
}

function tooMany(
  most: number,
  seconds: number,
  headers: Readonly<Record<string, string>>,
): Refusal {
  return new Refusal(
    429,
    'too-many-requests',
    {
      vi: `Quá ${most} yêu cầu trong ${seconds} giây; hãy thử lại sau ${headers['Retry-After']} giây.`,
      en: `More than ${most} requests in ${seconds} seconds; try again in ${headers['Retry-After']} seconds.`,
    },
    headers,
  );
}
