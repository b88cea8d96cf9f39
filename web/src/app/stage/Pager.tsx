import { useT } from '../i18n';
import type { Rect } from '../lib/layout';
import { NextIcon, PreviousIcon } from '../ui/stageIcons';

interface Props {
    readonly rect: Rect;
    readonly page: number;
    readonly pages: number;
    readonly onTurn: (page: number) => void;
    /** Somebody is about to turn to that page, or, with undefined, to none any more. */
    readonly onAim: (page: number | undefined) => void;
}

/** To the people who are not on this page. */
export function Pager({ rect, page, pages, onTurn, onAim }: Props) {
    const t = useT();
    const turning = (to: number) => {
        const aim = () => onAim(to);
        const away = () => onAim(undefined);
        return { onClick: () => onTurn(to), onPointerEnter: aim, onPointerDown: aim, onFocus: aim, onPointerLeave: away, onBlur: away };
    };
    return (
        <nav className="pager" aria-label={t('stage.pagesLabel')} data-testid="pager"
            style={{ width: rect.width, height: rect.height, transform: `translate(${rect.x}px, ${rect.y}px)` }}>
            <button type="button" className="icon-button" aria-label={t('stage.previous')} title={t('stage.previous')}
                data-testid="previous-page" disabled={page === 0} {...turning(page - 1)}>
                <PreviousIcon />
            </button>
            <span className="pager__text" role="status">
                <span className="visually-hidden">{t('stage.pages', { page: page + 1, pages })}</span>
                <span aria-hidden="true">{page + 1} / {pages}</span>
            </span>
            <button type="button" className="icon-button" aria-label={t('stage.next')} title={t('stage.next')}
                data-testid="next-page" disabled={page === pages - 1} {...turning(page + 1)}>
                <NextIcon />
            </button>
        </nav>
    );
}
