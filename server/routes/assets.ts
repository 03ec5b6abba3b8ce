import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { type Request, type Response, Router } from 'express';
import { type Clock, localDate, startOfDay } from '../../catalog/kernel/clock.ts';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import { answer } from '../http/answer.ts';
import { isFresh } from '../http/conditional.ts';
import type { CountUse } from '../http/count-use.ts';
import { noSuchAddress } from '../http/refusal.ts';

interface Asset {
  readonly body: Buffer;
  readonly mediaType: string;
  readonly hash: string;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/** What is taken of the folders of packages, which hold more than pages ask for. */
const chosen: Readonly<Record<string, RegExp>> = {
  'fonts/': /-(vietnamese|latin|latin-ext)-(400|500|700)-normal/,
  'leaflet/': /^leaflet\.(js|css)$/,
  'leaflet/images/': /^$/,
};

const assets: ReadonlyMap<string, Asset> = new Map([
  ...readFolder(join(projectRoot, 'views', 'assets'), ''),
  ...readFolder(
    join(projectRoot, 'node_modules', '@fontsource', 'be-vietnam-pro', 'files'),
    'fonts/',
  ),
  ...readFolder(join(projectRoot, 'node_modules', 'leaflet', 'dist'), 'leaflet/'),
]);

function* readFolder(folder: string, prefix: string): Generator<[string, Asset]> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* readFolder(join(folder, entry.name), `${prefix}${entry.name}/`);
    const mediaType = mediaTypes[extname(entry.name)];
    if (!entry.isFile() || mediaType === undefined) continue;
    if (chosen[prefix]?.test(entry.name) === false) continue;
    const body = entry.name.endsWith('.css')
      ? Buffer.from(readStyles(join(folder, entry.name)))
      : readFileSync(join(folder, entry.name));
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 10);
    yield [prefix + entry.name, { body, mediaType, hash }];
  }
}

/** A style sheet with those it imports in its place: a browser asks once. */
function readStyles(file: string): string {
  return readFileSync(file, 'utf8').replace(
    /^@import "\.\/([\w-]+\.css)";$/gm,
    (_whole, name: string) => readStyles(join(dirname(file), name)),
  );
}

/**
 * The address of an asset with the hash of its content in it, so that browsers may keep it for ever.
 *
 * @throws {Error} for an asset that does not exist; a template names it wrongly
 */
export function assetURL(name: string): string {
  const asset = assets.get(name);
  if (!asset) throw new Error(`there is no asset ${name}`);
  // The style sheet names the fonts by their bare address; another one would fetch them twice.
  return name.startsWith('fonts/') ? `/assets/${name}` : `/assets/${name}?v=${asset.hash}`;
}

export interface AssetDeps {
  readonly clock: Clock;
  readonly countUse: CountUse;
}

/** Styles, fonts and pictures, from memory. */
export function assetRoutes({ clock, countUse }: AssetDeps): Router {
  const router = Router();

  // A browser that shows a page asks for this once a day; what only pretends to be one does not. See visit-rules.ts.
  router.get('/assets/day.css', (request: Request, response: Response) => {
    countUse(request, response, { kind: 'asset' });
    response.set({
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': `private, max-age=${secondsToMidnight(clock())}`,
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
    response.end('/* Nothing but a sign that this is a browser: see /privacy. */\n');
  });

  router.get('/assets/*name', async (request: Request, response: Response) => {
    const name = [request.params['name']].flat().join('/');
    const asset = assets.get(name);
    if (!asset) throw noSuchAddress(request.path);
    // The pictures are shown where pages are shared.
    const isPicture = name.startsWith('icons/');
    response.set('Cross-Origin-Resource-Policy', isPicture ? 'cross-origin' : 'same-origin');
    if (asset.mediaType === 'font/woff2' || asset.mediaType === 'image/png') {
      response.set({
        'Content-Type': asset.mediaType,
        ETag: `"${asset.hash}"`,
        'Cache-Control': immutable,
      });
      if (isFresh(request, asset.hash, undefined)) response.status(304).end();
      else response.send(asset.body);
      return;
    }
    await answer(request, response, {
      mediaType: asset.mediaType,
      etag: asset.hash,
      cacheControl: immutable,
      write: () => asset.body.toString(),
    });
  });
  return router;
}

/** How long the day in Hà Nội still lasts. */
function secondsToMidnight(now: string): number {
  const dayMs = 86_400_000;
  const left = Date.parse(startOfDay(localDate(now))) + dayMs - Date.parse(now);
  return Math.ceil(left / 1000);
}

const immutable = 'public, max-age=31536000, immutable';
