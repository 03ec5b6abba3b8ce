import type { Message } from '../../catalog/kernel/lang-text.ts';

/** HTTP's own reasons to say no, which the catalogue knows nothing of: 405, 406, 415, 428. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly detail: Message;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    detail: Message,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail.en);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.headers = headers;
  }
}

/** 406: none of the forms we have is one the client takes. RFC 9110 §15.5.7. */
export function notAcceptable(accept: string | undefined, have: readonly string[]): Refusal {
  return new Refusal(406, 'form-not-available', {
    vi: `Không có dạng "${accept ?? ''}"; có: ${have.join(', ')}.`,
    en: `Not available as "${accept ?? ''}"; there are: ${have.join(', ')}.`,
  });
}

/** 405: the address answers, but not like this. RFC 9110 §15.5.6. */
export function methodNotAllowed(method: string, allowed: readonly string[]): Refusal {
  const list = allowed.join(', ');
  return new Refusal(
    405,
    'method-not-allowed',
    {
      vi: `Địa chỉ này không nhận ${method}; nhận: ${list}.`,
      en: `This address does not take ${method}; it takes: ${list}.`,
    },
    { Allow: list },
  );
}

/** 404 for an address that nothing answers. */
export function noSuchAddress(path: string): Refusal {
  return new Refusal(404, 'address-unknown', {
    vi: `Không có gì ở địa chỉ ${path}; xem các địa chỉ ở /developers.`,
    en: `There is nothing at ${path}; see the addresses at /developers.`,
  });
}
