/** HTTPS: certificates, the web app's files, response headers and the check of the Host header. */
@NullMarked
package dev.parley.server.http;

import org.jspecify.annotations.NullMarked;
