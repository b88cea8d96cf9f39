// Prepares TensorFlow Lite's WebAssembly runtime, as @tensorflow/tfjs-tflite ships it, for pages whose content security policy
// forbids `eval`: its glue writes functions as text and compiles them, and here the same functions are made without that.

/** The glue's functions that compile text, and what takes their place. They see the glue's own variables. */
const REPLACED = {
    createNamedFunction: `function createNamedFunction(name, body) {
        return Object.defineProperty(function () { return body.apply(this, arguments); }, 'name', { value: makeLegalFunctionName(name) });
    }`,
    craftInvokerFunction: `function craftInvokerFunction(humanName, argTypes, classType, cppInvokerFunc, cppTargetFunc) {
        var wanted = argTypes.length - 2;
        var ofClass = argTypes[1] !== null && classType !== null;
        var stacked = argTypes.slice(1).some(function (type) { return type !== null && type.destructorFunction === undefined; });
        return function () {
            if (arguments.length !== wanted) {
                throwBindingError('function ' + humanName + ' called with ' + arguments.length + ' arguments, expected ' + wanted);
            }
            var destructors = stacked ? [] : null;
            var wired = [cppTargetFunc];
            var types = [null];
            if (ofClass) {
                wired.push(argTypes[1].toWireType(destructors, this));
                types.push(argTypes[1]);
            }
            for (var i = 0; i < wanted; i++) {
                wired.push(argTypes[i + 2].toWireType(destructors, arguments[i]));
                types.push(argTypes[i + 2]);
            }
            var result = cppInvokerFunc.apply(null, wired);
            if (stacked) {
                runDestructors(destructors);
            } else {
                types.forEach(function (type, i) {
                    if (type !== null && type.destructorFunction !== null) type.destructorFunction(wired[i]);
                });
            }
            return argTypes[0].name === 'void' ? undefined : argTypes[0].fromWireType(result);
        };
    }`,
    __emval_get_method_caller: `function __emval_get_method_caller(argCount, argTypes) {
        var types = emval_lookupTypes(argCount, argTypes);
        var returned = types[0];
        var signature = returned.name + '_$' + types.slice(1).map(function (type) { return type.name; }).join('_') + '$';
        if (emval_registeredMethods[signature] === undefined) {
            emval_registeredMethods[signature] = emval_addMethodCaller(function (handle, name, destructors, args) {
                var offset = 0;
                var values = types.slice(1).map(function (type) {
                    var value = type.readValueFromPointer(args + offset);
                    offset += type.argPackAdvance;
                    return value;
                });
                var result = handle[name].apply(handle, values);
                types.slice(1).forEach(function (type, i) { if (type.deleteObject) type.deleteObject(values[i]); });
                return returned.isVoid ? undefined : returned.toWireType(destructors, result);
            });
        }
        return emval_registeredMethods[signature];
    }`,
    craftEmvalAllocator: `function craftEmvalAllocator(argCount) {
        return function (constructor, argTypes, args) {
            var values = [];
            for (var i = 0; i < argCount; i++) {
                var type = requireRegisteredType(HEAPU32[(argTypes >> 2) + i], 'parameter ' + i);
                values.push(type.readValueFromPointer(args));
                args += type.argPackAdvance;
            }
            return Emval.toHandle(Reflect.construct(constructor, values));
        };
    }`,
};

/** The glue as a module that exports its factory, without anything that compiles text. Fails when the glue is not as expected. */
export function withoutEval(glue) {
    let code = glue;
    for (const [name, replacement] of Object.entries(REPLACED)) {
        const [start, end] = extent(code, `function ${name}(`);
        code = code.slice(0, start) + replacement + code.slice(end);
    }
    // What offers it to other kinds of modules.
    const tail = code.indexOf("if (typeof exports === 'object' && typeof module");
    if (tail < 0) throw new Error('The mask runtime does not end as it should');
    code = code.slice(0, tail);
    const left = code.match(/new Function|new_\(Function|[^\w.]eval\(/);
    if (left !== null) throw new Error(`The mask runtime would still compile text: ${left[0]}`);
    return `${code}\nexport default tflite_web_api_ModuleFactory;\n`;
}

/** From where to where a function goes, by its braces; those in strings do not count. */
function extent(code, head) {
    const start = code.indexOf(head);
    if (start < 0) throw new Error(`The mask runtime has no "${head}"`);
    let depth = 0;
    let quote;
    for (let at = code.indexOf('{', start); at < code.length; at++) {
        const sign = code[at];
        if (quote !== undefined) {
            if (sign === '\\') at++;
            else if (sign === quote) quote = undefined;
        } else if (sign === '"' || sign === "'" || sign === '`') {
            quote = sign;
        } else if (sign === '{') {
            depth++;
        } else if (sign === '}' && --depth === 0) {
            return [start, at + 1];
        }
    }
    throw new Error(`"${head}" in the mask runtime does not end`);
}

/** For Vite: `import factory from '…/tflite_web_api_cc_simd.js'` gives the factory. */
export function maskRuntime() {
    return {
        name: 'mask-runtime-without-eval',
        enforce: 'pre',
        transform: (code, id) => (/tflite_web_api_cc_simd\.js$/.test(id) ? { code: withoutEval(code), map: null } : undefined),
    };
}
