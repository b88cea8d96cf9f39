/**
 * The app's styles ask for the size of the window. In somebody else's page what counts is the size of the element: the same
 * questions are put to its container. Those about colours, motion and pointers stay with the window.
 */
export function containerCss(css: string): string {
    return css.replace(/@media\s*(?=(?:not\s*)?\(\s*(?:[\d.]+px\s*[<>]=?\s*)?(?:min-|max-)?(?:width|height))/g, '@container parley ');
}
