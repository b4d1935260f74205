/* The floor: N files of SIZE bytes written flat into DIR by one C loop. No generator can be faster on this file system. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **words) {
    if (count != 4) return 2;
    long files = atol(words[2]), size = atol(words[3]);
    char *body = malloc(size), name[32];
    memset(body, 'x', size);
    if (chdir(words[1])) return 1;
    for (long file = 0; file < files; file++) {
        snprintf(name, sizeof name, "krs-%010ld.html", file);
        int handle = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
        if (handle < 0 || write(handle, body, size) != size) return 1;
        close(handle);
    }
    return 0;
}
