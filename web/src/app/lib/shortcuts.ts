/** Whether a key press belongs to a text field or to the browser, so that it must not act as a shortcut. */
export function isShortcut(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) {
        return false;
    }
    const target = event.target;
    if (!(target instanceof HTMLElement)) {
        return true;
    }
    return !target.isContentEditable && !['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
