import type { NextFunction, Request, Response } from 'express';
import { Refusal } from './refusal.ts';

/** Refuses an address with a NUL in it: no id and no word has one, and PostgreSQL cannot even be asked. */
export function addressGuard(request: Request, _response: Response, next: NextFunction): void {
  if (!request.originalUrl.includes('%00')) {
    next();
    return;
  }
  throw new Refusal(400, 'address-malformed', {
    vi: 'Địa chỉ chứa ký tự rỗng (%00); hãy bỏ đi.',
    en: 'The address holds a NUL character (%00); remove it.',
  });
}
