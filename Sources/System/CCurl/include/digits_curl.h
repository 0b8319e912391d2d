// One HTTP transfer through the system's libcurl, which is loaded when the first transfer needs it.
//
// Linked in the usual way it would be loaded with every start of the program, and with it some 30 libraries that it
// needs itself: that takes longer than reading a model and using it.
#ifndef DIGITS_CURL_H
#define DIGITS_CURL_H

#include <stdbool.h>
#include <stddef.h>

// Bytes of a message, its end included.
enum { DIGITS_CURL_MESSAGE_SIZE = 256 };

// What is asked of a server, and who is told of the answer. Callbacks that return false end the transfer.
struct digits_curl_request {
    // An address that begins with http:// or https://. Redirections to such addresses are followed.
    const char *url;
    // Which bytes of the file are wanted, such as "500-"; empty for all.
    const char *range;
    // Handed to the callbacks.
    void *context;
    // A line of an answer's head, with its line end. The heads of redirections are told as well.
    bool (*head)(void *context, const char *line, size_t count);
    // Bytes of the body, as they came: nothing is decompressed.
    bool (*body)(void *context, const void *bytes, size_t count);
    // Asked at least once a second whether to go on.
    bool (*goes_on)(void *context);
};

// Loads libcurl, once for the process; later calls cost nothing. May be called from any thread.
// Returns NULL, or why it cannot be loaded.
const char *digits_curl_load(void);

// Runs a transfer to its end; call digits_curl_load before. May be called from any thread.
// Returns true where the answer arrived in full, whatever its status; else `message` tells why not.
bool digits_curl_get(
    const struct digits_curl_request *request, char message[DIGITS_CURL_MESSAGE_SIZE]);

#endif
