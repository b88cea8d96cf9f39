const split = (emoji: string): readonly string[] => emoji.split(' ');

/** What people use most, without variants of skin: a keyboard or the system's own picker has the rest. */
export const EMOJI = [
    {
        group: 'faces',
        all: split('😀 😄 😁 😆 😅 😂 🤣 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😋 😛 😜 🤪 🤗 🤭 🤫 🤔 🤐 🤨 😐 😶 😏 😒 🙄 😬 😌 😔 😴 😷 🤒 🤢 🤯 🥳 😎 🤓 🧐 😕 😟 🙁 😮 😲 😳 🥺 😢 😭 😱 😤 😡 💀 🤖 👻'),
    },
    {
        group: 'hands',
        all: split('👋 🤚 ✋ 🖖 👌 🤏 🤞 🤟 🤘 👈 👉 👆 👇 👍 👎 ✊ 👊 👏 🙌 👐 🤝 🙏 💪 👀 🧠 🙋 🤷 🤦 🙇 👨‍💻 👩‍💻'),
    },
    {
        group: 'hearts',
        all: split('❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 💯 💥 💫 💬 💭 💤 ✨ ⭐ 🌟 🔥 🎉 🎊 🎈 🎁 🏆'),
    },
    {
        group: 'nature',
        all: split('🐶 🐱 🦊 🐻 🐼 🐨 🐸 🐵 🐔 🐧 🦉 🐝 🦋 🐢 🐙 🐳 🌱 🌲 🌵 🍀 🌸 🌻 🌍 🌙 ☀️ ⛅ 🌧️ ❄️ 🌈 ⚡'),
    },
    {
        group: 'food',
        all: split('🍎 🍌 🍇 🍓 🍅 🥑 🥕 🌽 🍞 🥨 🧀 🥚 🍔 🍟 🍕 🌮 🍣 🍜 🍰 🍪 🍫 🍿 ☕ 🍵 🥤 🍺 🍷 🥂'),
    },
    {
        group: 'things',
        all: split('⚽ 🏀 🎾 🚴 🏊 🎮 🎲 🎸 🎧 🎤 🎬 📷 💻 📱 🔋 💡 📚 ✏️ 📌 📎 🔗 📅 ⏰ ⌛ 🔒 🔑 🔨 🚀 ✈️ 🚗 🚲 🏠'),
    },
    {
        group: 'signs',
        all: split('✅ ☑️ ❌ ❓ ❗ ⚠️ ⛔ 🚫 ➕ ➖ ➡️ ⬅️ ⬆️ ⬇️ 🔁 ▶️ ⏸️ ⏹️ 🔴 🟠 🟡 🟢 🔵 🟣 ⚫ ⚪'),
    },
] as const;
