import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { Resvg } from '@resvg/resvg-js';
import { projectRoot } from '../kernel/project-root.ts';
import type { FromCardThread } from './card-painter.ts';
import { drawCard, type ShareCard } from './share-card.ts';
import { readTypefaces } from './typeface.ts';

/*
 * Draws cards, one after the other. Setting the type and packing the pixels take tens of milliseconds, in which the
 * main thread answers others.
 */

const port = parentPort;
if (!port) throw new Error('card-thread runs as a thread');
const faces = readTypefaces();
const mark = readFileSync(join(projectRoot, 'views', 'assets', 'icons', 'mark.svg'), 'utf8');
// All text is outlines already, so that the typefaces of the machine change nothing.
const options = { font: { loadSystemFonts: false } } as const;

port.on('message', (card: ShareCard) => {
  port.postMessage(draw(card));
});

function draw(card: ShareCard): FromCardThread {
  try {
    return { png: new Resvg(drawCard(card, faces, mark), options).render().asPng() };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
