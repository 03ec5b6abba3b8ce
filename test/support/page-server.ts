import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody else's site. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a site on a free port that has these pages and no others. */
export async function startPageServer(
  pages: Readonly<Record<string, string>>,
): Promise<PageServer> {
  const server = createServer((request, response) => {
    const html = pages[request.url ?? '/'];
    response.writeHead(html === undefined ? 404 : 200, { 'Content-Type': 'text/html' }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
