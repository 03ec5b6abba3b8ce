import { type Request, Router } from 'express';
import type { Product } from '../compose.ts';
import type { Problem } from '../http/problem.ts';

/** The pages for people. */
export function pageRoutes(_product: Product): Router {
  return Router();
}

/** A problem as a page. */
export function renderProblemPage(problem: Problem, _request: Request, _product: Product): string {
  return `<!doctype html><title>${problem.status}</title>`;
}
