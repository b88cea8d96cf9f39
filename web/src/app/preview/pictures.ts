/** Moving pictures drawn on a canvas, so that the app can be looked at without cameras. */
/** @param still drawn once: many that move are too much for one machine */
export function personTrack(hue: number, upright = false, still = false): MediaStreamTrack {
    const [width, height] = still ? [320, 180] : upright ? [480, 640] : [960, 540];
    return drawn(width, height, still, (context, time) => {
        const room = context.createLinearGradient(0, 0, width, height);
        room.addColorStop(0, `hsl(${hue} 22% 62%)`);
        room.addColorStop(1, `hsl(${hue + 30} 26% 34%)`);
        context.fillStyle = room;
        context.fillRect(0, 0, width, height);
        context.fillStyle = `hsl(${hue + 20} 30% 78% / 45%)`;
        context.fillRect(width * 0.62, height * 0.1, width * 0.24, height * 0.42);
        const sway = Math.sin(time / 900) * 8;
        context.fillStyle = `hsl(${hue + 180} 30% 36%)`;
        context.beginPath();
        context.ellipse(width * 0.45 + sway, height * 1.05, height * 0.42, height * 0.36, 0, 0, Math.PI * 2);
        context.fill();
        context.fillStyle = `hsl(${20 + (hue % 20)} 42% ${38 + (hue % 36)}%)`;
        context.beginPath();
        context.ellipse(width * 0.45 + sway * 1.4, height * 0.47, height * 0.17, height * 0.22, 0, 0, Math.PI * 2);
        context.fill();
    });
}

export function screenTrack(): MediaStreamTrack {
    return drawn(1440, 900, false, (context) => {
        context.fillStyle = '#f7f8fa';
        context.fillRect(0, 0, 1440, 900);
        context.fillStyle = '#25324a';
        context.fillRect(0, 0, 1440, 64);
        context.fillStyle = '#1d2433';
        context.font = '600 44px sans-serif';
        context.fillText('Quarterly plan', 80, 160);
        for (let line = 0; line < 9; line++) {
            context.fillStyle = '#c9d0dc';
            context.fillRect(80, 210 + line * 46, 420 + ((line * 97) % 260), 16);
        }
        ['#4d8fd6', '#56b894', '#e0a94a', '#d2695e'].forEach((colour, bar) => {
            context.fillStyle = colour;
            context.fillRect(860 + bar * 120, 700 - bar * 110, 80, 100 + bar * 110);
        });
    });
}

function drawn(width: number, height: number, still: boolean, draw: (context: CanvasRenderingContext2D, time: number) => void): MediaStreamTrack {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    const track = canvas.captureStream(10).getVideoTracks()[0];
    if (context === null || track === undefined) {
        throw new Error('This browser cannot draw a video');
    }
    window.setInterval(() => draw(context, performance.now()), still ? 1_000 : 100);
    draw(context, 0);
    return track;
}
