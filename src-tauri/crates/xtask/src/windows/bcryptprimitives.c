/* The one function that Rust's standard library takes from bcryptprimitives.dll, for a Wine older than 9.0, which has
   no such library: random bytes, from the older name of the same generator. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
    for (; length > 0x10000000; buffer += 0x10000000, length -= 0x10000000) {
        if (!SystemFunction036(buffer, 0x10000000)) return FALSE;
    }
    return SystemFunction036(buffer, (ULONG)length);
}
