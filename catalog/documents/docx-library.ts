/** The library that writes text documents. It is large, and loaded when the first paper is asked for. */
export type Docx = typeof import('docx');

export function loadDocx(): Promise<Docx> {
  return import('docx');
}
