import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A foreign host that answers in the ways in which hosts do. */
export interface LinkServer {
  readonly url: string;
  requests(): number;
  close(): Promise<void>;
}

/**
 * Starts it on a free port. `/khong-co` is not there, `/khong-head` refuses HEAD, `/vong` redirects to itself, `/di`
 * to a page, `/vao-trong` to an inside network, `/cham` never answers, `/ngat` breaks off; all else is there.
 */
export async function startLinkServer(): Promise<LinkServer> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const path = request.url ?? '/';
    const redirect = (location: string) => response.writeHead(302, { Location: location }).end();
    if (path === '/khong-co') response.writeHead(404).end();
    else if (path === '/khong-head') {
      const allowed = request.method === 'GET';
      response.writeHead(allowed ? 206 : 405, { Allow: 'GET' }).end(allowed ? 'x' : undefined);
    } else if (path === '/loi') response.writeHead(500).end();
    else if (path === '/vong') redirect('/vong');
    else if (path === '/di') redirect('/trang');
    else if (path === '/vao-trong') redirect('http://10.0.0.1/');
    else if (path === '/ngat') request.socket.destroy();
    else if (path !== '/cham') response.writeHead(200, { 'Content-Type': 'text/csv' }).end('a,b\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
