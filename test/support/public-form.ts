import { later } from '../../catalog/kernel/clock.ts';
import { formTicket } from '../../server/http/form-ticket.ts';
import type { TestServer } from './server.ts';
import type { Fields } from './web-client.ts';

/** A ticket of a form that was opened a minute ago. */
export function anOldTicket(form: string, { product }: TestServer, ageMs = 60_000): string {
  const clock = () => later(product.clock(), -ageMs);
  return formTicket(form, { secret: product.secret, clock });
}

/** Sends a form with a file, as a browser does. */
export async function sendWithFile(
  server: TestServer,
  path: string,
  fields: Fields,
  picture?: { readonly bytes: Buffer; readonly name: string },
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) form.append(name, String(each));
  }
  if (picture) form.append('picture', new Blob([new Uint8Array(picture.bytes)]), picture.name);
  return fetch(server.baseURL + path, { method: 'POST', body: form, redirect: 'manual' });
}
