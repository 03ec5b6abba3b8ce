import type { Request } from 'express';
import type { Sender } from '../../catalog/reuse/throttle.ts';
import type { SenderKeys } from './sender-keys.ts';

/** Where a request comes from, as far as that is told. */
export async function senderOf(
  request: Request,
  { senderKey }: { readonly senderKey: SenderKeys },
  formNonce?: string,
): Promise<Sender> {
  const key = await senderKey(request.ip ?? '');
  return { key, ...(formNonce !== undefined && { formNonce }) };
}
