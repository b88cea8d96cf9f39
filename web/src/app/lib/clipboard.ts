/** Copies plain text; falls back to a hidden field where the clipboard API is refused. Resolves to whether it worked. */
export async function copyText(text: string): Promise<boolean> {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return copyThroughSelection(text);
    }
}

function copyThroughSelection(text: string): boolean {
    const field = document.createElement('textarea');
    const focused = document.activeElement;
    field.value = text;
    field.className = 'visually-hidden';
    document.body.append(field);
    field.select();
    let copied = false;
    try {
        copied = document.execCommand('copy');
    } catch {
        copied = false;
    }
    field.remove();
    if (focused instanceof HTMLElement) {
        focused.focus();
    }
    return copied;
}
