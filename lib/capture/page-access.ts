/**
 * The page's own elements are read through the prototypes' getters: a form field named `children` or `parentNode`
 * hides the property of that name on its form, in our world too. Kinds of node are told by number, not by `instanceof`,
 * which fails for the nodes of a frame about this one.
 */
function getter<Value>(owner: object, name: string): (of: unknown) => Value {
  const found = Object.getOwnPropertyDescriptor(owner, name)?.get;
  if (!found) throw new Error(`This browser has no ${name}`);
  return (of) => found.call(of) as Value;
}

export const childNodesOf = getter<NodeListOf<ChildNode>>(Node.prototype, 'childNodes');
export const firstChildOf = getter<ChildNode | null>(Node.prototype, 'firstChild');
export const nextOf = getter<ChildNode | null>(Node.prototype, 'nextSibling');
export const parentOf = getter<Node | null>(Node.prototype, 'parentNode');
export const textOf = getter<string>(CharacterData.prototype, 'data');
export const allTextOf = getter<string | null>(Node.prototype, 'textContent');
export const kindOf = getter<number>(Node.prototype, 'nodeType');
export const isConnected = getter<boolean>(Node.prototype, 'isConnected');
export const tagOf = getter<string>(Element.prototype, 'localName');
const ownerOf = getter<Document | null>(Node.prototype, 'ownerDocument');
export const documentOf = (node: Node | null): Document | null => (node ? ownerOf(node) : null);
const openRootOf = getter<ShadowRoot | null>(Element.prototype, 'shadowRoot');
const editableOf = getter<boolean>(HTMLElement.prototype, 'isContentEditable');
const fieldValues = [HTMLTextAreaElement, HTMLInputElement, HTMLSelectElement].map((owner) => getter<string>(owner.prototype, 'value'));
const frameDocuments = [HTMLIFrameElement, HTMLFrameElement].map((owner) => getter<Document | null>(owner.prototype, 'contentDocument'));
const { getAttribute, hasAttributes: hasAny, matches: matchesOf, closest: closestOf, querySelectorAll, checkVisibility, getBoundingClientRect } = Element.prototype;
const { querySelectorAll: queryDocument } = Document.prototype;
const { querySelectorAll: queryFragment } = DocumentFragment.prototype;
const { getRootNode: rootOf } = Node.prototype;
const slotAssigned = HTMLSlotElement.prototype.assignedNodes;

export const isText = (node: Node): node is Text => kindOf(node) === 3;
export const isElement = (node: Node): node is Element => kindOf(node) === 1;
/** Custom elements and others that can hold a shadow root; the browser's call for closed roots throws on drawings. */
export const isHtml = (element: Element): element is HTMLElement => element.namespaceURI === 'http://www.w3.org/1999/xhtml';

/** Has the element any attribute at all: could a rule of the page's style mean it in particular? */
export function hasAttributes(element: Element): boolean { return hasAny.call(element); }

/** An attribute of an element, or null. */
export function attributeOf(element: Element, name: string): string | null { return getAttribute.call(element, name); }

/** Does the element match the selector? A selector that the browser cannot read matches nothing. */
export function matches(element: Element, selector: string): boolean {
  try { return matchesOf.call(element, selector); } catch { return false; }
}

/** Is the element, or one about it in its own tree or about the root that holds it, one that matches? True for a selector that the browser cannot read. */
export function isWithin(element: Element, selector: string): boolean {
  try {
    for (let at: Element | null = element; at;) {
      if (closestOf.call(at, selector)) return true;
      const root: Node = rootOf.call(at);
      at = kindOf(root) === 11 ? (root as ShadowRoot).host ?? null : null;
    }
    return false;
  } catch { return true; }
}

/** Elements below a document, root or element that match, in document order; none for a selector that cannot be read. */
export function queryAll(scope: Document | DocumentFragment | Element, selector: string): readonly Element[] {
  try {
    const kind = kindOf(scope);
    return [...(kind === 9 ? queryDocument : kind === 11 ? queryFragment : querySelectorAll).call(scope as never, selector)];
  } catch { return []; }
}

/** As `queryAll`, and ` >>> ` in the selector goes on inside the shadow roots, open or closed, of what stands before it. */
export function queryPiercing(scope: Document | Element, selector: string, openRoot: OpenRoot): readonly Element[] {
  const [first = '', ...inner] = selector.split('>>>').map((part) => part.trim());
  let found = queryAll(scope, first);
  for (const part of inner) {
    found = found.flatMap((host) => {
      const root = isHtml(host) ? openRoot(host) : null;
      return root ? queryAll(root, part) : [];
    });
  }
  return found;
}

/** The nodes a slot shows. */
export function assignedTo(slot: Element): readonly Node[] { return slotAssigned.call(slot as HTMLSlotElement, { flatten: true }); }

/** What a form field holds; empty for an element that is none. */
export function valueOf(element: Element): string {
  for (const read of fieldValues) { try { return read(element); } catch { /* not this sort of field */ } }
  return '';
}

export function isEditable(element: Element): boolean { return isHtml(element) && editableOf(element); }
export function boxOf(element: Element): DOMRect { return getBoundingClientRect.call(element); }
/** The document inside a frame element, or null when it is of another origin or a viewer. */
export function insideOf(frame: Element): Document | null {
  for (const read of frameDocuments) { try { return read(frame); } catch { /* not this sort of frame, or of another origin */ } }
  return null;
}

/** Is the element drawn where a person could see it: a box, visible, opaque? Inside a frame that is not displayed it may still say yes: the frame is asked for itself (`isFrameShown`). */
export function isShown(element: Element): boolean {
  return checkVisibility.call(element, { checkVisibilityCSS: true, checkOpacity: true, visibilityProperty: true, opacityProperty: true } as CheckVisibilityOptions);
}

/** Is this page's own frame, and every frame about it, shown? A frame of another origin about it counts as shown: it cannot be asked. */
export function isFrameShown(page: Document): boolean {
  for (let holder = holderOf(page); holder; holder = holderOf(documentOf(holder))) {
    const box = boxOf(holder);
    if (!isShown(holder) || box.width < 2 || box.height < 2) return false;
  }
  return true;
}

/** The window of a page as windows about it know it; places in a list of frames may be compared across origins. */
const placeIn = (above: Window, frame: Window | null): number => { for (let at = 0; at < above.length; at += 1) if (above[at] === frame) return at; return -1; };

/** Where a page's frame stands: its place among the frames of the top page, then of that one, and so on. Empty for a top page and where a place is not told. */
export function framePath(page: Document): readonly number[] {
  const path: number[] = [];
  for (let view: Window | null = page.defaultView; view && view !== view.parent; view = view.parent) {
    const place = placeIn(view.parent, view);
    if (place < 0) return [];
    path.unshift(place);
  }
  return path;
}

/** Places of the frames of another origin in this page: those that are not displayed, which cannot see so themselves, and those that are. */
export function foreignFrames(page: Document): { readonly hidden: readonly number[]; readonly shown: readonly number[] } {
  const view = page.defaultView;
  const hidden: number[] = [];
  const shown: number[] = [];
  if (view && view.length > 0) for (const frame of queryAll(page, 'iframe,frame')) {
    if (insideOf(frame) !== null) continue;
    const box = boxOf(frame);
    const place = placeIn(view, (frame as HTMLIFrameElement).contentWindow);
    if (place >= 0) (isShown(frame) && box.width >= 2 && box.height >= 2 ? shown : hidden).push(place);
  }
  return { hidden, shown };
}

/** The frame element that holds this page, or null for a top page and where another origin holds it. */
export function holderOf(page: Document | null): Element | null {
  try { return page?.defaultView?.frameElement ?? null; } catch { return null; }
}

/** The page about this one, or null for a top page and where another origin holds it. */
export function pageAbove(page: Document): Document | null { return documentOf(holderOf(page)); }

/** The address that tells which adapter reads this page: frames without one of their own take that of the page about them. */
export function addressOf(page: Document): string {
  for (let at: Document | null = page; at; at = pageAbove(at)) {
    const address = at.defaultView?.location.href ?? '';
    if (!/^(about|blob|data):/.test(address) && address !== '') return address;
    if (!holderOf(at)) return address;
  }
  return '';
}

/** Opens a shadow root, open or closed, where the browser lets an extension; passed in, since only the entrypoint knows the browser. */
export type OpenRoot = (element: HTMLElement) => ShadowRoot | null;

/** The root that the page itself left open. */
export const openRootOnly: OpenRoot = (element) => openRootOf(element);
