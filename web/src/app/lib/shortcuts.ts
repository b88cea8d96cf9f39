/** Whether a key press belongs to a text field, a dialog, a menu or the browser, so that it must not act as a shortcut. */
export function isShortcut(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) {
        return false;
    }
    const target = innermost(event);
    return !(target instanceof HTMLElement)
        || !(target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || isAside(target));
}

/** In a dialog or a menu, which has keys of its own. */
export function isAside(target: EventTarget | null | undefined): boolean {
    return target instanceof Element && target.closest('dialog, [role=menu]') !== null;
}

/** What really has the focus, also inside a shadow tree. */
export function innermost(event: Event): EventTarget | null {
    return event.composedPath()[0] ?? event.target;
}
