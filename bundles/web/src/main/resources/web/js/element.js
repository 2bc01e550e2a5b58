import { LitElement } from 'lit';

/** Elements render into the page itself, so that one style sheet holds for all. */
export class PageElement extends LitElement {
  createRenderRoot() {
    return this;
  }
}
