global _start

section .data
written: db "written", 10
refused: db "refused", 10

section .bss
text: resb 4096

section .text
_start:
    xor rax, rax
    xor rdi, rdi
    lea rsi, [rel text]
    mov rdx, 4095
    syscall
    lea rbx, [rel text]         ; the path
    mov rcx, rbx
.scan:
    mov al, [rcx]
    test al, al
    jz .end
    cmp al, 10
    je .path
    inc rcx
    jmp .scan
.path:
    mov byte [rcx], 0
    lea r12, [rcx + 1]
    mov rax, 2                  ; open, to write and to create
    mov rdi, rbx
    mov rsi, 0x41
    mov rdx, 0o644
    syscall
    lea rsi, [rel written]
    test rax, rax
    jns .say
    lea rsi, [rel refused]
.say:
    mov rax, 1
    mov rdi, 1
    mov rdx, 8
    syscall
    mov rbx, r12
    mov rcx, r12
    jmp .scan
.end:
    mov rax, 60
    xor rdi, rdi
    syscall
